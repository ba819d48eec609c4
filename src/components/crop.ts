/** Which square of a picture is shown: its middle, as a part of the width and the height, and how much larger than it could be at least. */
export interface Crop {
	readonly x: number;
	readonly y: number;
	readonly zoom: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

export const wholeCrop: Crop = { x: 0.5, y: 0.5, zoom: 1 };
export const mostZoom = 5;

/** The square in the picture's pixels; it never reaches beyond the picture. */
export function cropRegion({ x, y, zoom }: Crop, { width, height }: Size) {
	const side = Math.min(width, height) / zoom;
	return {
		left: clamp(x * width - side / 2, 0, width - side),
		top: clamp(y * height - side / 2, 0, height - side),
		side,
	};
}

/** Moved by parts of the square's side, or zoomed; the middle stays where the square can be around it. */
export function changeCrop(crop: Crop, change: { dx?: number; dy?: number; zoomBy?: number }, size: Size): Crop {
	const zoom = clamp(crop.zoom * (change.zoomBy ?? 1), 1, mostZoom);
	const side = Math.min(size.width, size.height) / zoom;
	const moved = {
		x: crop.x + ((change.dx ?? 0) * side) / size.width,
		y: crop.y + ((change.dy ?? 0) * side) / size.height,
		zoom,
	};
	const { left, top } = cropRegion(moved, size);
	return { x: (left + side / 2) / size.width, y: (top + side / 2) / size.height, zoom };
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(Math.max(value, least), Math.max(least, most));
}
