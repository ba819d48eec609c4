import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { text } from "../shared/text/text.ts";
import { type Crop, changeCrop, cropRegion } from "./crop.ts";

export interface CropStageProps {
	readonly picture: ImageBitmap;
	readonly crop: Crop;
	readonly onCrop: (change: (crop: Crop) => Crop) => void;
}

/** Twice the size it is shown at. */
const drawnPixels = 560;
const keyStep = 0.05;
const keyZoom = 1.1;

/** The square of the picture under a round window. Fingers and the pointer drag it, two fingers and the wheel zoom, keys do both. */
export function CropStage({ picture, crop, onCrop }: CropStageProps) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const fingers = useRef(new Map<number, { x: number; y: number }>());
	const change = (by: Parameters<typeof changeCrop>[1]): void => onCrop((now) => changeCrop(now, by, picture));
	useEffect(() => {
		const context = canvas.current?.getContext("2d");
		if (!context) return;
		const { left, top, side } = cropRegion(crop, picture);
		context.imageSmoothingQuality = "high";
		context.clearRect(0, 0, drawnPixels, drawnPixels);
		context.drawImage(picture, left, top, side, side, 0, 0, drawnPixels, drawnPixels);
	}, [picture, crop]);
	useEffect(() => {
		const element = canvas.current;
		// React listens to the wheel passively, so that the page behind would scroll along.
		const zoom = (event: WheelEvent): void => {
			event.preventDefault();
			onCrop((now) => changeCrop(now, { zoomBy: Math.exp(-event.deltaY / 400) }, picture));
		};
		element?.addEventListener("wheel", zoom, { passive: false });
		return () => element?.removeEventListener("wheel", zoom);
	}, [picture, onCrop]);
	const drag = (event: PointerEvent<HTMLCanvasElement>): void => {
		const before = fingers.current.get(event.pointerId);
		if (before === undefined) return;
		const side = event.currentTarget.clientWidth;
		const now = { x: event.clientX, y: event.clientY };
		const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
		fingers.current.set(event.pointerId, now);
		if (other === undefined) change({ dx: (before.x - now.x) / side, dy: (before.y - now.y) / side });
		else change({ zoomBy: distance(now, other) / Math.max(1, distance(before, other)) });
	};
	const lift = (event: PointerEvent): void => void fingers.current.delete(event.pointerId);
	return (
		<div
			className="crop"
			role="application"
			aria-label={text("picture.move")}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: the role promises keys, and here they are.
			tabIndex={0}
			onKeyDown={(event) => press(event, change)}
		>
			<canvas
				ref={canvas}
				width={drawnPixels}
				height={drawnPixels}
				onPointerDown={(event) => {
					event.currentTarget.setPointerCapture(event.pointerId);
					fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
				}}
				onPointerMove={drag}
				onPointerUp={lift}
				onPointerCancel={lift}
			/>
		</div>
	);
}

const keys: Readonly<Record<string, Parameters<typeof changeCrop>[1]>> = {
	ArrowLeft: { dx: -keyStep },
	ArrowRight: { dx: keyStep },
	ArrowUp: { dy: -keyStep },
	ArrowDown: { dy: keyStep },
	"+": { zoomBy: keyZoom },
	"=": { zoomBy: keyZoom },
	"-": { zoomBy: 1 / keyZoom },
};

function press(event: KeyboardEvent, change: (by: Parameters<typeof changeCrop>[1]) => void): void {
	const by = keys[event.key];
	if (by === undefined) return;
	event.preventDefault();
	change(by);
}

function distance(one: { x: number; y: number }, other: { x: number; y: number }): number {
	return Math.hypot(one.x - other.x, one.y - other.y);
}
