import { ImageOff, Play, RotateCw, X } from "lucide-react";
import { useCallback } from "react";
import { Icon } from "../../components/icon.tsx";
import { OpenedPicture } from "../../components/opened-picture.tsx";
import "../../shared/text/en/photo.ts";
import { text } from "../../shared/text/text.ts";

/** How a picture stands; absent: it is being opened. */
export type PictureState =
	| {
			readonly kind: "shown";
			readonly url: string;
			/** Its first frame, where it moves. */
			readonly stillUrl?: string;
	  }
	| {
			readonly kind: "failed";
			readonly fault: "not-a-picture" | "too-large" | "altered" | "gone" | "unavailable";
	  };

export interface PictureProps {
	readonly picture: PictureState | undefined;
	/** One that moves does so now. */
	readonly isPlaying: boolean;
	/** A few colours that stand for it; absent: not known. */
	readonly blur: ImageData | undefined;
	readonly caption: string;
	readonly senderName: string;
	readonly upload: UploadSnapshot | undefined;
	readonly tabIndex: number;
	/** The mouse comes over it, or leaves it. */
	readonly onHover: (isOver: boolean) => void;
	readonly onOpen: () => void;
	readonly onRetry: () => void;
}

export interface UploadSnapshot {
	/** From 0 to 1; absent: it waits. */
	readonly progress: number | undefined;
	readonly onCancel: () => void;
}

export function PictureView(props: PictureProps) {
	const { picture, upload, tabIndex } = props;
	return (
		<>
			{picture?.kind !== "failed" && <Blur pixels={props.blur} />}
			{picture?.kind === "shown" && (
				<button
					type="button"
					className="picture-open"
					tabIndex={tabIndex}
					aria-label={openLabel(props, picture.stillUrl !== undefined)}
					onClick={props.onOpen}
					onPointerEnter={() => props.onHover(true)}
					onPointerLeave={() => props.onHover(false)}
				>
					<OpenedPicture url={props.isPlaying ? picture.url : (picture.stillUrl ?? picture.url)} alt="" />
					{picture.stillUrl !== undefined && !props.isPlaying && (
						<span className="picture-moves">
							<Icon of={Play} size={16} />
						</span>
					)}
				</button>
			)}
			{picture?.kind === "failed" && (
				<div className="picture-failed">
					<Icon of={ImageOff} size={24} />
					<span>{text(`photoFault.${picture.fault}`)}</span>
					{mayHelp(picture.fault) && (
						<button type="button" className="text-button" tabIndex={tabIndex} onClick={props.onRetry}>
							<Icon of={RotateCw} size={14} />
							{text("photo.retry")}
						</button>
					)}
				</div>
			)}
			{upload !== undefined && <Upload upload={upload} tabIndex={tabIndex} />}
		</>
	);
}

function openLabel({ caption, senderName }: PictureProps, moves: boolean): string {
	if (caption === "") return text(moves ? "photo.openMoving" : "photo.open", { name: senderName });
	return text(moves ? "photo.openMovingOf" : "photo.openOf", { caption });
}

/** The same bytes stay what they are: those of another try may be others. */
function mayHelp(fault: string): boolean {
	return fault !== "not-a-picture" && fault !== "too-large";
}

function Upload({ upload, tabIndex }: { readonly upload: UploadSnapshot; readonly tabIndex: number }) {
	const percent = upload.progress === undefined ? undefined : Math.round(upload.progress * 100);
	return (
		<div className="picture-upload">
			<svg
				viewBox="0 0 40 40"
				role="progressbar"
				aria-label={text("photo.uploading")}
				aria-valuenow={percent}
				aria-valuemin={0}
				aria-valuemax={100}
			>
				<circle cx="20" cy="20" r="17" />
				<circle cx="20" cy="20" r="17" pathLength="100" strokeDasharray={`${percent ?? 0} 100`} />
			</svg>
			<button
				type="button"
				tabIndex={tabIndex}
				title={text("photo.cancel")}
				aria-label={text("photo.cancel")}
				onClick={upload.onCancel}
			>
				<Icon of={X} size={18} />
			</button>
		</div>
	);
}

/** A few colours in the picture's place; they are drawn once and stay behind it. */
function Blur({ pixels }: { readonly pixels: ImageData | undefined }) {
	const draw = useCallback(
		(canvas: HTMLCanvasElement | null) => {
			if (pixels !== undefined) canvas?.getContext("2d")?.putImageData(pixels, 0, 0);
		},
		[pixels],
	);
	return <canvas ref={draw} className="picture-blur" width={pixels?.width} height={pixels?.height} />;
}
