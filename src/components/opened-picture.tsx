export interface OpenedPictureProps {
	/** An address of this page alone: of bytes that were opened in it. */
	readonly url: string;
	/** Empty: the button around it says what it is. */
	readonly alt: string;
}

/** A picture of a message. Nobody but this browser can make it smaller: to the server it is bytes. */
export function OpenedPicture({ url, alt }: OpenedPictureProps) {
	"use no memo";
	// biome-ignore lint/performance/noImgElement: the address is a blob, of which there is one size.
	return <img src={url} alt={alt} decoding="async" draggable={false} />;
}
