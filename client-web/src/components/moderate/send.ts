// Sends a command of a button that follows the meeting. Returns what to say; "" if it was done.
import type { CommandBody } from '../../wire';
import { outcomeText, type Around } from '../around';

export const sendOrSay = async (around: Around, body: CommandBody): Promise<string> =>
  outcomeText(await around.send(body));
