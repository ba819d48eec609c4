import { Download, ImageOff, LoaderCircle, Pause, Play, X } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Modal } from "../../components/modal.tsx";
import { OpenedPicture } from "../../components/opened-picture.tsx";
import "../../shared/text/en/photo.ts";
import { text } from "../../shared/text/text.ts";
import type { PictureState } from "./picture-view.tsx";

export interface PictureViewerProps {
	readonly picture: PictureState | undefined;
	readonly preview: string | undefined;
	readonly caption: string;
	readonly senderName: string;
	readonly filename: string;
	/** One that moves does so now. */
	readonly isPlaying: boolean;
	readonly onPlay: () => void;
	readonly onRetry: () => void;
	readonly onClose: () => void;
}

/** A picture as large as the screen lets it be; Escape, the cross and the empty room around it close it. */
export function PictureViewerView(props: PictureViewerProps) {
	const { picture, caption, senderName, filename, isPlaying, onClose } = props;
	const url = shownUrl(props);
	const label = text("photo.of", { name: senderName });
	return (
		<Modal className="viewer" label={label} onClose={onClose}>
			<header className="viewer-bar">
				<p>
					<b>{senderName}</b>
					<span>{filename}</span>
				</p>
				{picture?.kind === "shown" && picture.stillUrl !== undefined && (
					<IconButton
						icon={isPlaying ? Pause : Play}
						label={text(isPlaying ? "photo.pause" : "photo.play")}
						onClick={props.onPlay}
					/>
				)}
				{picture?.kind === "shown" && (
					<a
						className="icon-button"
						href={picture.url}
						download={savedName(filename)}
						aria-label={text("photo.save")}
						title={text("photo.save")}
					>
						<Icon of={Download} />
					</a>
				)}
				<IconButton icon={X} label={text("common.close")} onClick={onClose} />
			</header>
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: the cross and Escape do the same for the keyboard. */}
			{/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the picture closes it, as beside any dialog. */}
			<div className="viewer-stage" onClick={(event) => event.target === event.currentTarget && onClose()}>
				{url !== undefined && <OpenedPicture url={url} alt={caption === "" ? label : caption} />}
				{picture === undefined && (
					<span className="viewer-busy" role="status" aria-label={text("photo.loading")}>
						<Icon of={LoaderCircle} size={24} isSpinning />
					</span>
				)}
				{picture?.kind === "failed" && (
					<div className="viewer-failed" role="alert">
						<Icon of={ImageOff} size={24} />
						<span>{text(`photoFault.${picture.fault}`)}</span>
						<button type="button" className="button button-second" onClick={props.onRetry}>
							{text("photo.retry")}
						</button>
					</div>
				)}
			</div>
			{caption !== "" && <p className="viewer-caption">{caption}</p>}
		</Modal>
	);
}

function shownUrl({ picture, preview, isPlaying }: PictureViewerProps): string | undefined {
	if (picture?.kind !== "shown") return preview;
	return isPlaying ? picture.url : (picture.stillUrl ?? picture.url);
}

/** The sender chose the name: no path, nothing that hides what it is, and the ending of a picture. */
function savedName(filename: string): string {
	const bare = filename
		.replaceAll(/[^\p{L}\p{N}._ -]/gu, "")
		.replace(/^\.+/, "")
		.slice(0, 100);
	return /\.(?:png|jpe?g|webp|gif)$/i.test(bare) ? bare : `${bare === "" ? "photo" : bare}.png`;
}
