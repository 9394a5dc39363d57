// How the tests launch Chromium. HEADWATER_CHROMIUM names one; empty, Playwright takes its own.

const path = process.env.HEADWATER_CHROMIUM ?? '/usr/bin/chromium';

export const chromium = {
  ...(path === '' ? {} : { executablePath: path }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
