import { useState } from "react";
import { useLessMotion } from "../../client/hooks/use-less-motion.ts";
import { PictureViewerView } from "./picture-viewer-view.tsx";
import type { PictureSnapshot } from "./timeline-snapshot.ts";
import { useShownPicture } from "./use-shown-picture.ts";

export interface PictureViewerPartProps {
	readonly picture: PictureSnapshot;
	/** What is there until the picture itself is. */
	readonly preview: string | undefined;
	readonly caption: string;
	readonly senderName: string;
	readonly onClose: () => void;
}

/** A picture by itself, as large as the screen. */
export function PictureViewerPart({ picture, ...props }: PictureViewerPartProps) {
	const shown = useShownPicture(picture.full);
	const wantsLessMotion = useLessMotion();
	const [chosen, setChosen] = useState<boolean>();
	const isPlaying = chosen ?? !wantsLessMotion;
	return (
		<PictureViewerView
			{...props}
			{...shown}
			filename={picture.filename}
			isPlaying={isPlaying}
			onPlay={() => setChosen(!isPlaying)}
		/>
	);
}
