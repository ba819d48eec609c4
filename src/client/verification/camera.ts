/** Whether there is a camera that codes could be read with; nobody is asked for leave yet. */
export async function hasCamera(): Promise<boolean> {
	const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
	return devices?.some(({ kind }) => kind === "videoinput") ?? false;
}

export interface Reading {
	stop(): void;
}

interface ReadingParts {
	readonly onRead: (bytes: readonly number[]) => void;
	/** The camera cannot be used: it is refused, or another program has it. */
	readonly onFailure: () => void;
}

/** How often a picture is looked at. */
const pauseMs = 150;
/** Wider pictures are made smaller: a code is held near, and looking takes time. */
const widestPixels = 800;

/** Reads codes from the camera, whose picture is shown in `video`, until it is stopped. Nothing leaves this page. */
export function readCodes(video: HTMLVideoElement, { onRead, onFailure }: ReadingParts): Reading {
	let isStopped = false;
	let stream: MediaStream | undefined;
	const stop = (): void => {
		isStopped = true;
		for (const track of stream?.getTracks() ?? []) track.stop();
	};
	const begin = async (): Promise<void> => {
		const [camera, { decodeQR }] = await Promise.all([
			navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }),
			import("qr/decode.js"),
		]);
		stream = camera;
		if (isStopped) return stop();
		video.srcObject = camera;
		await video.play();
		while (!isStopped) {
			const bytes = bytesIn(video, decodeQR);
			if (bytes !== undefined) onRead(bytes);
			await new Promise((resolve) => setTimeout(resolve, pauseMs));
		}
	};
	begin().catch(() => {
		if (!isStopped) onFailure();
		stop();
	});
	return { stop };
}

type Decode = typeof import("qr/decode.js").decodeQR;

/** The bytes of a code in the present picture: no text, which a browser's own detector would make of them. */
function bytesIn(video: HTMLVideoElement, decode: Decode): readonly number[] | undefined {
	const image = pictureOf(video);
	if (image === undefined) return undefined;
	let bytes: readonly number[] | undefined;
	const keep = (found: Uint8Array): string => {
		bytes = [...found];
		return "";
	};
	try {
		decode(image, { textDecoder: keep });
	} catch {
		return undefined;
	}
	return bytes;
}

function pictureOf(video: HTMLVideoElement): ImageData | undefined {
	if (video.videoWidth === 0) return undefined;
	const scale = Math.min(1, widestPixels / video.videoWidth);
	const [width, height] = [Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale)];
	const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
	context?.drawImage(video, 0, 0, width, height);
	return context?.getImageData(0, 0, width, height);
}
