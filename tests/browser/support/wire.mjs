// A page's connection in the hands of a test: what the server says can be held back, the network
// can be gone, and the server can be made to say good-bye.

// A good-bye as the server would write it (proto/plenary/v1/wire.proto), shorter than 128 bytes.
function bye(code, retry, retryAfterMs = 0) {
  const varint = (value) =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
  const message = [8, ...varint(code), ...(retry ? [24, 1] : [])];
  if (retryAfterMs > 0) message.push(32, ...varint(retryAfterMs));
  return Buffer.from([10, message.length + 2, 74, message.length, ...message]);
}

export class Wire {
  #held;
  #lines = new Set();
  #down = false;
  #last;
  opened = 0;

  // Before the page goes anywhere.
  static async of(page) {
    const wire = new Wire();
    await page.routeWebSocket(/\/api\/v1\/connect$/, (line) => wire.#take(line));
    return wire;
  }

  #take(line) {
    this.opened += 1;
    if (this.#down) {
      void line.close({ code: 4000 });
      return;
    }
    const server = line.connectToServer();
    this.#lines.add(line);
    this.#last = line;
    line.onMessage((bytes) => server.send(bytes));
    server.onMessage((bytes) => {
      if (this.#held) this.#held.push(() => line.send(bytes));
      else line.send(bytes);
    });
    const gone = (other) => (code, reason) => {
      this.#lines.delete(line);
      void other.close({ code, reason });
    };
    line.onClose(gone(server));
    server.onClose(gone(line));
  }

  // Nothing that the server says arrives until release().
  hold() {
    this.#held ??= [];
  }
  release() {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const send of held) send();
  }

  // The network is gone until up().
  async down() {
    this.#down = true;
    await Promise.all([...this.#lines].map((line) => line.close({ code: 4000 })));
    this.#lines.clear();
  }
  up() {
    this.#down = false;
  }

  // The server says good-bye with a code of PROTOCOL.md.
  async bye(code, { retry = code < 4500, retryAfterMs = 0 } = {}) {
    this.#last.send(bye(code, retry, retryAfterMs));
    await this.#last.close({ code });
  }
}

// Keeps what the page sends on its way, until the function that it returns is called.
export async function holdBack(page) {
  await page.evaluate(() => {
    const real = WebSocket.prototype.send;
    const held = [];
    WebSocket.prototype.send = function (bytes) {
      held.push(() => real.call(this, bytes));
    };
    globalThis.plenaryRelease = () => {
      WebSocket.prototype.send = real;
      for (const send of held) send();
    };
  });
  return () => page.evaluate(() => globalThis.plenaryRelease());
}
