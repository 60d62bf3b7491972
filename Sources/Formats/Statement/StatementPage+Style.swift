extension StatementPage {
    /// The style of the page: light, for screen and paper.
    static let style = """
        :root { color-scheme: light; --ink: #1d2a33; --soft: #55636e; --rule: #d8dee3;
          --get: #1f6f5c; --pay: #a8442c; --ground: #f6f4ef; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink);
          font: 15px/1.5 "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; }
        main { max-width: 70rem; margin: 2rem auto; padding: 2.5rem 3rem; background: #fff;
          border: 1px solid var(--rule); border-top: 5px solid var(--get); border-radius: 3px; }
        .kind { margin: 0; color: var(--soft); letter-spacing: .08em; text-transform: uppercase;
          font-size: .8rem; }
        h1 { margin: 0 0 1rem; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
        h2 { margin: 2.4rem 0 .6rem; font-size: 1.15rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .8rem 2.2rem; margin: 0; }
        .facts dt { color: var(--soft); font-size: .78rem; }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .totals { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr));
          gap: 1rem; margin-top: 1.8rem; }
        .total { padding: .8rem 1rem; border: 1px solid var(--rule); border-radius: 4px; }
        .total .name { display: block; color: var(--soft); font-size: .82rem; }
        .total .amount { font-size: 1.3rem; font-variant-numeric: tabular-nums;
          white-space: nowrap; }
        .get { border-left: 5px solid var(--get); }
        .get .amount { color: var(--get); font-weight: 600; }
        .pay { border-left: 5px solid var(--pay); }
        .pay .amount { color: var(--pay); font-weight: 600; }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
        th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--rule); text-align: left;
          vertical-align: top; }
        th { font-weight: 600; border-bottom: 2px solid var(--ink); }
        .n { text-align: right; font-variant-numeric: tabular-nums; }
        td.n { white-space: nowrap; }
        td.exact { white-space: normal; overflow-wrap: anywhere; color: var(--soft); }
        .hash { font: .78rem/1.4 ui-monospace, "DejaVu Sans Mono", Consolas, monospace;
          color: var(--soft); overflow-wrap: anywhere; }
        .note { padding: .6rem .9rem; background: #fdf6e3; border-left: 4px solid #b8860b; }
        .proof dt { color: var(--soft); font-size: .82rem; margin-top: .5rem; }
        .proof dd { margin: 0; }
        pre { padding: .8rem; background: #f3f5f6; font-size: .78rem; white-space: pre-wrap;
          overflow-wrap: anywhere; }
        a { color: #1a5276; }
        a:focus-visible { outline: 3px solid #b8860b; outline-offset: 1px; }
        svg { display: block; width: 100%; height: auto; max-width: 60rem; }
        @media (max-width: 50rem) { main { margin: 0; padding: 1.2rem; }
          section { overflow-x: auto; } }
        @media print { @page { margin: 16mm 14mm; } body { background: #fff; font-size: 9.5pt; }
          main { margin: 0; padding: 0; border: 0; max-width: none; } a { color: inherit; }
          thead { display: table-header-group; } tr, .total, svg { break-inside: avoid; }
          h2 { break-after: avoid; } }

        """
}
