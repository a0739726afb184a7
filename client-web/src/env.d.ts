// Of the page: for the server's logs and "please reload". Set by vite.config.ts.
declare const __BUILD__: string;
