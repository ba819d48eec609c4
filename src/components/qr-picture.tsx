import { encode } from "uqr";

export interface QrPictureProps {
	/** A text, or bytes. */
	readonly content: string | readonly number[];
	readonly label: string;
}

const quietModules = 4;
/** Whole pixels: modules of uneven size are hard to read. */
const modulePixels = 5;

/** A QR code, dark on white in every mode: readers look for that. */
export function QrPicture({ content, label }: QrPictureProps) {
	const { data, size } = encode(content, { ecc: "M", border: quietModules });
	const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
	const side = size * modulePixels;
	return (
		<svg
			className="qr-picture"
			viewBox={`0 0 ${size} ${size}`}
			width={side}
			height={side}
			role="img"
			aria-label={label}
			shapeRendering="crispEdges"
		>
			<path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
			<path fill="#000" d={dark.join("")} />
		</svg>
	);
}
