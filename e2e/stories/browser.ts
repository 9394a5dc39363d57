// Where the stories find the app, and which Chromium they run in.

const port = Number(process.env.HEADWATER_E2E_PORT ?? 4199);

export const appOrigin = `http://localhost:${port}`;
export const appPort = port;

export { chromium } from '../chromium.ts';
