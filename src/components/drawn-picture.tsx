import { useCallback } from "react";

/** A picture that has no address of its own, over the letters of an avatar. */
export function DrawnPicture({ picture }: { readonly picture: ImageBitmap }) {
	const draw = useCallback(
		(canvas: HTMLCanvasElement | null) => void canvas?.getContext("2d")?.drawImage(picture, 0, 0),
		[picture],
	);
	return <canvas ref={draw} className="avatar-picture" width={picture.width} height={picture.height} />;
}
