/**
 * A picture in a few letters: what stands in its place until it has come. As other clients read and write it
 * (https://github.com/woltapp/blurhash, MSC2448): a discrete cosine transform of a few components in linear light.
 */
const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

type Colour = readonly [red: number, green: number, blue: number];

interface Pixels {
	readonly width: number;
	readonly height: number;
	/** Red, green, blue and opacity of each, row by row. */
	readonly data: Uint8ClampedArray<ArrayBuffer>;
}

const across = 4;
const down = 3;

export function encodeBlurhash(pixels: Pixels): string {
	const colours: Colour[] = [];
	for (let y = 0; y < down; y += 1) for (let x = 0; x < across; x += 1) colours.push(component(pixels, x, y));
	const [average = [0, 0, 0], ...others] = colours;
	const largest = Math.max(...others.flat().map(Math.abs));
	const quantised = Math.max(0, Math.min(82, Math.floor(largest * 166 - 0.5)));
	const scale = (quantised + 1) / 166;
	return [
		inLetters(across - 1 + (down - 1) * 9, 1),
		inLetters(quantised, 1),
		inLetters(
			average.reduce((sum, value) => sum * 256 + toByte(value), 0),
			4,
		),
		...others.map((colour) =>
			inLetters(
				colour.reduce((sum, value) => sum * 19 + step(value / scale), 0),
				2,
			),
		),
	].join("");
}

/** The picture that the letters stand for, so large; undefined: they stand for none. */
export function decodeBlurhash(hash: string, width: number, height: number): Pixels | undefined {
	const sizes = ofLetters(hash.slice(0, 1));
	const [columns, lines] = [(sizes % 9) + 1, Math.floor(sizes / 9) + 1];
	if (Number.isNaN(ofLetters(hash)) || hash.length !== 4 + 2 * columns * lines) return undefined;
	const scale = (ofLetters(hash.slice(1, 2)) + 1) / 166;
	const average = ofLetters(hash.slice(2, 6));
	const colours: Colour[] = [[toLight(average >> 16), toLight((average >> 8) & 255), toLight(average & 255)]];
	for (let at = 6; at < hash.length; at += 2) {
		const value = ofLetters(hash.slice(at, at + 2));
		const part = (shift: number): number => signedSquare(((Math.floor(value / shift) % 19) - 9) / 9) * scale;
		colours.push([part(361), part(19), part(1)]);
	}
	const data = new Uint8ClampedArray(width * height * 4);
	for (let at = 0; at < width * height; at += 1) {
		const [x, y] = [at % width, Math.floor(at / width)];
		for (let channel = 0; channel < 3; channel += 1) {
			let sum = 0;
			for (const [index, colour] of colours.entries()) {
				sum += (colour[channel] ?? 0) * wave(index % columns, x, width) * wave(Math.floor(index / columns), y, height);
			}
			data[at * 4 + channel] = toByte(sum);
		}
		data[at * 4 + 3] = 255;
	}
	return { width, height, data };
}

function component({ width, height, data }: Pixels, i: number, j: number): Colour {
	const sums = [0, 0, 0] as [number, number, number];
	for (let y = 0; y < height; y += 1) {
		for (let x = 0; x < width; x += 1) {
			const factor = wave(i, x, width) * wave(j, y, height);
			const at = (y * width + x) * 4;
			for (const channel of [0, 1, 2] as const) sums[channel] += factor * toLight(data[at + channel] ?? 0);
		}
	}
	const scale = (i === 0 && j === 0 ? 1 : 2) / (width * height);
	return [sums[0] * scale, sums[1] * scale, sums[2] * scale];
}

const wave = (count: number, at: number, length: number): number => Math.cos((Math.PI * count * at) / length);

const toLight = (byte: number): number => {
	const value = byte / 255;
	return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

const toByte = (light: number): number => {
	const value = Math.max(0, Math.min(1, light));
	return Math.round((value <= 0.003_130_8 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055) * 255);
};

const step = (value: number): number =>
	Math.max(0, Math.min(18, Math.floor(Math.sign(value) * Math.sqrt(Math.abs(value)) * 9 + 9.5)));

const signedSquare = (value: number): number => Math.sign(value) * value * value;

function inLetters(value: number, count: number): string {
	let rest = value;
	let written = "";
	for (let index = 0; index < count; index += 1) {
		written = `${letters[rest % 83] ?? ""}${written}`;
		rest = Math.floor(rest / 83);
	}
	return written;
}

/** NaN where one of them is no letter. */
function ofLetters(written: string): number {
	return [...written].reduce((sum, letter) => {
		const value = letters.indexOf(letter);
		return value < 0 ? Number.NaN : sum * 83 + value;
	}, 0);
}
