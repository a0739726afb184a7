// The C++ document in a child process (notes_driver.cpp): one line out, one line in.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export const hex = (bytes) => Buffer.from(bytes).toString('hex');
export const unhex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
export const fromHex = (text) => Buffer.from(text, 'hex').toString('utf8');

export class Driver {
  constructor(program) {
    this.child = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    this.written = [];
    createInterface({ input: this.child.stdout }).on('line', (line) =>
      this.waiting.shift().done(line),
    );
    this.child.on('exit', (code, signal) => {
      this.ended = `the driver ended (${signal ?? code})`;
      for (const { fail, line } of this.waiting) {
        fail(new Error(`${this.ended} at: ${line.slice(0, 300)}`));
      }
    });
    this.child.stdin.on('error', () => {});
  }

  // Sends a line; the answer comes in order.
  ask(...words) {
    if (this.ended) return Promise.reject(new Error(this.ended));
    const line = words.join(' ');
    const answer = new Promise((done, fail) => this.waiting.push({ done, fail, line }));
    this.child.stdin.write(`${line}\n`);
    return answer;
  }

  end() {
    this.child.stdin.end();
  }
}
