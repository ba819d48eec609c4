import { useMemo, useState } from "react";
import { useLessMotion } from "../../client/hooks/use-less-motion.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { decodeBlurhash } from "../../client/media/pictures/blurhash.ts";
import { uploadProgress } from "../../client/outbox/upload-progress.ts";
import { PictureView } from "./picture-view.tsx";
import { PictureViewerPart } from "./picture-viewer-part.tsx";
import type { PictureSnapshot } from "./timeline-snapshot.ts";
import { useShownPicture } from "./use-shown-picture.ts";

export interface PicturePartProps {
	readonly picture: PictureSnapshot;
	readonly caption: string;
	readonly senderName: string;
	/** By which it is called back while it is on its way. */
	readonly cancelId: string | undefined;
	readonly onCancel: (transactionId: string) => void;
	readonly tabIndex: number;
}

/** The picture of a message, from wherever its bytes are. */
export function PicturePart({ picture, cancelId, onCancel, ...props }: PicturePartProps) {
	const shown = useShownPicture(picture.thumbnail ?? picture.full);
	const progress = useObservable(uploadProgress, (all) => (cancelId === undefined ? undefined : all.get(cancelId)));
	const blur = useMemo(() => blurOf(picture.blurhash), [picture.blurhash]);
	const [isOpen, setOpen] = useState(false);
	const [isHovered, setHovered] = useState(false);
	const wantsLessMotion = useLessMotion();
	return (
		<>
			<PictureView
				{...props}
				{...shown}
				blur={blur}
				upload={cancelId === undefined ? undefined : { progress, onCancel: () => onCancel(cancelId) }}
				isPlaying={isHovered && !wantsLessMotion}
				onHover={setHovered}
				onOpen={() => setOpen(true)}
			/>
			{isOpen && (
				<PictureViewerPart
					picture={picture}
					preview={shown.picture?.kind === "shown" ? (shown.picture.stillUrl ?? shown.picture.url) : undefined}
					caption={props.caption}
					senderName={props.senderName}
					onClose={() => setOpen(false)}
				/>
			)}
		</>
	);
}

const blurEdge = 16;

function blurOf(hash: string | undefined): ImageData | undefined {
	const pixels = hash === undefined ? undefined : decodeBlurhash(hash, blurEdge, blurEdge);
	return pixels && new ImageData(pixels.data, blurEdge, blurEdge);
}
