// What a person would see of the page, as one object. It runs in the page and changes nothing.
(() => {
    const seen = (element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
    };
    const name = (element) =>
        element.tagName.toLowerCase() + (element.className ? "." + element.className : "") + " “" +
        element.textContent.trim().slice(0, 30) + "”";
    // Colours are sRGB here: `rgb(r, g, b)` or `rgba(r, g, b, a)`.
    const parts = (color) => color.match(/[\d.]+/g).map(Number);
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const color = parts(getComputedStyle(at).backgroundColor);
            if (color.length === 3 || color[3] === 1) return color;
        }
        return [255, 255, 255];
    };
    // Relative luminance and contrast as of WCAG 2.2.
    const luminance = ([red, green, blue]) => {
        const [r, g, b] = [red, green, blue].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (element) => {
        const pair = [luminance(parts(getComputedStyle(element).color)), luminance(ground(element))];
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    };
    const scrolls = (element) => {
        for (let at = element; at; at = at.parentElement) {
            if (["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
        }
        return false;
    };
    const texts = [...document.body.querySelectorAll("*")].filter((element) =>
        !["STYLE", "SCRIPT", "TITLE"].includes(element.tagName) && seen(element) &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    const width = document.documentElement.clientWidth;
    const small = texts.map((element) => parseFloat(getComputedStyle(element).fontSize));
    return {
        title: document.title,
        language: document.documentElement.lang,
        width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
        window: window.innerWidth,
        // What hangs out of the window, unless a box of its own scrolls it.
        outside: texts.filter((element) => {
            const box = element.getBoundingClientRect();
            return (box.right > width + 1 || box.left < -1) && !scrolls(element);
        }).map(name),
        faint: texts.filter((element) => contrast(element) < 4.5)
            .map((element) => name(element) + " " + contrast(element).toFixed(2)),
        ground: ground(document.body),
        smallest: Math.min(...small),
        headings: [...document.querySelectorAll("h1, h2")].filter(seen)
            .map((element) => element.textContent),
        links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
        ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
        namelessLinks: [...document.querySelectorAll("a[href]")]
            .filter((link) => !link.textContent.trim() && !link.ariaLabel).length,
        tables: [...document.querySelectorAll("table")].map((table) => ({
            title: (table.closest("figure")?.querySelector("figcaption")?.textContent ?? "").trim(),
            isSeen: seen(table),
            head: [...table.querySelectorAll("thead th")].map((cell) => cell.textContent),
            rows: [...table.querySelectorAll("tbody tr")].map((row) =>
                [...row.children].map((cell) => cell.innerText.trim())),
        })),
        totals: [...document.querySelectorAll(".total")].map((total) => total.innerText.trim()),
    };
})()
