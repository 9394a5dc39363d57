// Which Chromium the stories run in, and where the app is.

const port = Number(process.env.HEADWATER_E2E_PORT ?? 4199);

export const appOrigin = `http://localhost:${port}`;
export const appPort = port;

export const chromium = {
  executablePath: process.env.HEADWATER_CHROMIUM || '/usr/bin/chromium',
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
