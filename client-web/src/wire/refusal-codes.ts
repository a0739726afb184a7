// Apart from the rest of the vocabulary, for what speaks HTTP alone and carries no codec.
export { RefusalCode } from './generated/plenary/v1/wire_pb';
