// The page's policy requires Trusted Types, which would refuse `new Worker(url)` and every `innerHTML`. This is the
// one default policy: workers of our own origin, and text that holds no markup (the style sheets of the kit).

interface Rules {
  createScriptURL(url: string): string;
  createHTML(html: string): string;
}

/** Call before the first worker is made. Does nothing where the browser has no Trusted Types. */
export function installTrustedTypes(): void {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: Rules): unknown };
  };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin === location.origin) return url;
      throw new TypeError(`A script from another origin is refused: ${url.slice(0, 200)}`);
    },
    createHTML(html) {
      if (!html.includes('<')) return html;
      throw new TypeError('Markup as text is refused.');
    },
  });
}
