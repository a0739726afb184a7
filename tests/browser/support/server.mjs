// The real server on a port that the system chooses, with a store of its own in a temporary folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../../..', import.meta.url));
const binary = process.env.PLENARY_BINARY ?? join(top, 'build/release/server/plenary');
export const webFolder = process.env.PLENARY_WEB ?? join(top, 'client-web/dist');
const sample = join(top, 'deploy/sample/partners-meeting.json');

export class Server {
  #process;
  #log = '';
  #folder = mkdtempSync(join(tmpdir(), 'plenary-browser-'));
  port = 0;

  // Starts, or starts again on the same data and port.
  async start() {
    const portFile = join(this.#folder, 'port');
    rmSync(portFile, { force: true });
    const listen = ['--listen', `127.0.0.1:${this.port}`, '--port-file', portFile];
    const demo = existsSync(sample) ? ['--demo', sample] : [];
    const where = ['--data', join(this.#folder, 'data'), '--web', webFolder];
    this.#process = spawn(binary, ['serve', ...where, ...listen, ...demo], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process.on('error', (error) => (this.#log += `${error}`));
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.on('data', (bytes) => (this.#log += bytes));
    }
    for (let waited = 0; waited < 15_000; waited += 25) {
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) break;
      if (existsSync(portFile)) {
        this.port = Number(readFileSync(portFile, 'utf8').trim());
        if (this.port > 0 && (await this.#ready())) return this;
      }
      await pause(25);
    }
    const end = this.#process.signalCode ?? this.#process.exitCode;
    throw new Error(`the server did not start (${end}):\n${this.#log}`);
  }

  async #ready() {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }
  get log() {
    return this.#log;
  }
  get organizerKey() {
    return readFileSync(join(this.#folder, 'data', 'organizer.key'), 'utf8').trim();
  }

  // Creates a session from an agenda and a link for each role; a display is for the first room,
  // unless it is `{ role, room }`.
  async createSession(agenda, roles = ['moderator', 'moderator', 'participant', 'display']) {
    const made = await this.#post('/api/v1/sessions', agenda);
    const links = [];
    for (const role of roles) {
      const room = role === 'display' ? { room: agenda.rooms[0].id } : {};
      const path = `/api/v1/sessions/${made.session}/invitations`;
      const asked = typeof role === 'string' ? { role, ...room } : role;
      links.push((await this.#post(path, asked)).link.replace(/^https?:\/\/[^/]+/, this.url));
    }
    return { id: made.session, code: made.join_code, links };
  }

  async #post(path, body) {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.organizerKey}` },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  // As a machine that loses power: nothing is flushed, nobody is told.
  async kill() {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }

  async stop() {
    if (this.#process && this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const late = setTimeout(() => this.#process.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(late);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

// The sample with nobody named for its first item: who raises a hand in it is next.
export function unnamedMeeting() {
  const { agenda, ...rest } = partnersMeeting();
  return { ...rest, agenda: [{ ...agenda[0], speakers: [] }, ...agenda.slice(1)] };
}

export const partnersMeeting = () => JSON.parse(readFileSync(sample, 'utf8'));
