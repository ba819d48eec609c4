const [width, height] = [160, 120];

/** A GIF that shows these colours one after the other, for a fifth of a second each, again and again. */
export const movingGif = (colours: readonly (readonly [red: number, green: number, blue: number])[]): Buffer => {
	const table = Array.from({ length: 4 }, (_, index) => colours[index] ?? [0, 0, 0]).flat();
	const size = [width & 255, width >> 8, height & 255, height >> 8];
	const repeat = [0x21, 0xff, 11, ...Buffer.from("NETSCAPE2.0"), 3, 1, 0, 0, 0];
	const frames = colours.flatMap((_, index) => [
		...[0x21, 0xf9, 4, 0, 20, 0, 0, 0],
		...[0x2c, 0, 0, 0, 0, ...size, 0, 2],
		...blocks(oneColour(index)),
	]);
	const head = [...Buffer.from("GIF89a"), ...size, 0b1000_0001, 0, 0];
	return Buffer.from([...head, ...table, ...repeat, ...frames, 0x3b]);
};

/** Each pixel by itself, in codes of three bits: the table begins anew before codes would need more. */
const oneColour = (index: number): readonly number[] => {
	const [begin, end] = [4, 5];
	const codes: number[] = [];
	for (let pixel = 0; pixel < width * height; pixel += 2) codes.push(begin, index, index);
	codes.push(end);
	const bytes: number[] = [];
	let [bits, held] = [0, 0];
	for (const code of codes) {
		held |= code << bits;
		bits += 3;
		while (bits >= 8) {
			bytes.push(held & 255);
			held >>= 8;
			bits -= 8;
		}
	}
	return [...bytes, held];
};

const blocks = (bytes: readonly number[]): readonly number[] => {
	const all: number[] = [];
	for (let at = 0; at < bytes.length; at += 255) {
		const block = bytes.slice(at, at + 255);
		all.push(block.length, ...block);
	}
	return [...all, 0];
};
