extension ReconciliationPage {
    /// What the page adds to the style of statements.
    static let style = """
        .lead { margin: 1.2rem 0 0; }
        .pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr));
          gap: 1.6rem 2.4rem; margin-top: 2rem; align-items: start; }
        .pictures h2 { margin: 0 0 .7rem; font-size: 1rem; }
        figure { margin: 0; break-inside: avoid; }
        .break { padding: .9rem 0 .8rem; border-bottom: 1px solid var(--rule);
          break-inside: avoid; }
        .break:first-of-type { border-top: 2px solid var(--ink); }
        .break h3 { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline;
          margin: 0; font-size: .98rem; }
        .break h3 .no { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
        .break h3 .cause { color: var(--pay); font-weight: 400; }
        .break h3 .worth { margin-left: auto; font-weight: 400;
          font-variant-numeric: tabular-nums; }
        .break p { margin: .25rem 0 .35rem; }
        .closed h3, .closed p { color: var(--soft); }
        .where { color: var(--soft); font-size: .84rem; }
        .chip { display: inline-block; padding: 0 .5rem; margin: 0 .2rem .2rem 0;
          border: 1px solid var(--rule); border-radius: 1rem; font-size: .78rem;
          white-space: nowrap; }
        .chip.same { color: var(--get); }
        .chip.other { color: var(--pay); border-color: var(--pay); font-weight: 600; }
        .late { color: var(--pay); font-weight: 600; }
        @media (max-width: 50rem) { .break h3 .worth { margin-left: 0; }
          th, td { padding: .3rem .35rem; } table { font-size: .82rem; } }
        @media print { .totals { grid-template-columns: 1fr 1fr 1fr 1fr; gap: .6rem; }
          .pictures { grid-template-columns: 1fr 1fr 1fr; gap: 1rem 1.4rem; }
          .pictures svg { max-width: none; } }

        """
}
