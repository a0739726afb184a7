// Reads a QR code as a phone would, from the picture that stands on the page.
import jsqr from 'jsqr';

const decode = jsqr.default ?? jsqr;
const pixelsOfModule = 6;

export async function readQr(svg) {
  const [markup, modules] = await svg.evaluate((one) => [
    new XMLSerializer().serializeToString(one),
    one.viewBox.baseVal.width,
  ]);
  // A blank page has no policy that forbids to draw it.
  const blank = await svg.page().context().newPage();
  const size = modules * pixelsOfModule;
  const pixels = await blank.evaluate(
    async ([source, side]) => {
      const picture = new Image(side, side);
      picture.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await picture.decode();
      const canvas = new OffscreenCanvas(side, side);
      const paper = canvas.getContext('2d');
      paper.drawImage(picture, 0, 0, side, side);
      const { data } = paper.getImageData(0, 0, side, side);
      return btoa(Array.from(data, (value) => String.fromCharCode(value)).join(''));
    },
    [markup, size],
  );
  await blank.close();
  const data = new Uint8ClampedArray(Buffer.from(pixels, 'base64'));
  return decode(data, size, size)?.data;
}
