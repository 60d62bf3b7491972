extension StatementPage {
    /// The style of the page, for screens of any width, light or dark, and for paper.
    static let style = """
        :root { color-scheme: light dark; --ink: #1d2a33; --soft: #55636e; --rule: #d8dee3;
          --get: #1f6f5c; --pay: #a8442c; --link: #1a5276; --ground: #f6f4ef; --sheet: #fff;
          --note: #fdf6e3; --mark: #b8860b; }
        @media screen and (prefers-color-scheme: dark) { :root { --ink: #e4e9ec; --soft: #a3b0b9;
          --rule: #3a464e; --get: #5cc2a6; --pay: #ee9277; --link: #8bbfe0; --ground: #12181c;
          --sheet: #1b2329; --note: #332d1c; --mark: #d9a92f; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: .95rem/1.5 "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; }
        main { max-width: 70rem; margin: 2rem auto; padding: 2.5rem 3rem;
          background: var(--sheet); border: 1px solid var(--rule);
          border-top: 5px solid var(--get); border-radius: 3px; }
        .kind { margin: 0; color: var(--soft); letter-spacing: .08em; text-transform: uppercase;
          font-size: .8rem; }
        h1 { margin: 0 0 1rem; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 2.4rem 0 .6rem; font-size: 1.15rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .8rem 2.2rem; margin: 0; }
        .facts dt { color: var(--soft); font-size: .78rem; }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
          gap: 1rem; margin-top: 1.8rem; }
        .total { padding: .8rem 1rem; border: 1px solid var(--rule); border-radius: 4px; }
        .total .name { display: block; color: var(--soft); font-size: .82rem; }
        .total .amount { font-size: 1.3rem; font-variant-numeric: tabular-nums;
          overflow-wrap: anywhere; }
        .get { border-left: 5px solid var(--get); }
        .get .amount { color: var(--get); font-weight: 600; }
        .pay { border-left: 5px solid var(--pay); }
        .pay .amount { color: var(--pay); font-weight: 600; }
        figure { margin: 0; }
        figcaption { color: var(--soft); font-size: .9rem; padding-bottom: .4rem; }
        .scroll { overflow-x: auto; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--rule); text-align: left;
          vertical-align: top; }
        th { font-weight: 600; }
        thead th { border-bottom: 2px solid var(--ink); }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .exact { color: var(--soft); }
        .hash { font: .78rem/1.4 ui-monospace, "DejaVu Sans Mono", Consolas, monospace;
          color: var(--soft); overflow-wrap: anywhere; }
        .flows { table-layout: fixed; max-width: 60rem; }
        .flows th:first-child { width: 14rem; font-weight: 400; overflow-wrap: anywhere; }
        .flows th, .flows td { padding: .3rem .5rem; border: 0; }
        .flows thead th { color: var(--soft); font-weight: 400; }
        .flows .owes { text-align: right; padding-right: 0; color: var(--pay); }
        .flows .owed { padding-left: 0; color: var(--get); border-left: 1px solid var(--soft); }
        .flows thead .owes { padding-right: .5rem; }
        .flows thead .owed { padding-left: .5rem; }
        .flows div { display: flex; gap: .5rem; align-items: center; }
        .flows .owed div { flex-direction: row-reverse; }
        .flows span { flex: 0 0 7rem; text-align: right; color: var(--soft);
          font-variant-numeric: tabular-nums; }
        .flows .owed span { text-align: left; }
        .flows svg { flex: 1 1 0; width: 0; min-width: 0; height: 1.1rem; fill: currentColor; }
        .note { padding: .6rem .9rem; background: var(--note); border-left: 4px solid var(--mark); }
        .proof dt { color: var(--soft); font-size: .82rem; margin-top: .5rem; }
        .proof dd { margin: 0; white-space: pre-wrap; }
        code { overflow-wrap: anywhere; }
        a { color: var(--link); }
        a:focus-visible { outline: 3px solid var(--mark); outline-offset: 1px; }
        @media screen and (max-width: 50rem) { main { margin: 0; padding: 1.2rem;
            border-width: 5px 0 0; }
          .scroll table { min-width: 42rem; } .scroll .hash { white-space: nowrap; }
          .flows, .flows thead, .flows tbody { display: block; }
          .flows tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr));
            padding-bottom: .3rem; }
          .flows th:first-child { grid-column: 1 / -1; width: auto; padding: 0; }
          .flows thead th:first-child { display: none; }
          .flows span { flex-basis: 5.5rem; font-size: .82rem; } }
        @media print { @page { margin: 16mm 14mm; } :root { font-size: 10pt; }
          body { background: #fff; }
          main { margin: 0; padding: 0 1px; border: 0; max-width: none; } a { color: inherit; }
          .totals { grid-template-columns: repeat(4, 1fr); gap: .6rem; }
          .total { padding: .5rem .7rem; } .total .amount { font-size: 1.1rem; }
          .scroll { overflow: visible; } .scroll table { font-size: .8rem; }
          .hash { font-size: .7rem; } th, td { padding: .25rem .4rem; }
          thead { display: table-header-group; } tr, .total, .facts div { break-inside: avoid; }
          h2, figcaption { break-after: avoid; } }

        """
}
