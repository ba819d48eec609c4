import { ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { cropRegion, mostZoom, wholeCrop } from "./crop.ts";
import { CropStage } from "./crop-stage.tsx";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

export interface PictureDialogProps {
	readonly picture: ImageBitmap;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** The square that was chosen, in the picture's pixels. */
	readonly onSave: (region: { readonly left: number; readonly top: number; readonly side: number }) => void;
	readonly onClose: () => void;
}

/** Chooses the part of a picture that becomes an avatar. */
export function PictureDialog({ picture, isBusy, error, onSave, onClose }: PictureDialogProps) {
	const [crop, setCrop] = useState(wholeCrop);
	return (
		<Dialog
			title={text("picture.title")}
			lead={text("picture.hint")}
			error={error}
			onClose={onClose}
			actions={
				<>
					<Button look="second" onClick={onClose}>
						{text("common.cancel")}
					</Button>
					<Button isBusy={isBusy} onClick={() => onSave(cropRegion(crop, picture))}>
						{text("picture.use")}
					</Button>
				</>
			}
		>
			<CropStage picture={picture} crop={crop} onCrop={setCrop} />
			<div className="crop-zoom">
				<Icon of={ZoomOut} />
				<input
					type="range"
					className="range"
					aria-label={text("picture.zoom")}
					min={1}
					max={mostZoom}
					step={0.05}
					value={crop.zoom}
					onChange={(event) => setCrop({ ...crop, zoom: Number(event.currentTarget.value) })}
				/>
				<Icon of={ZoomIn} />
			</div>
		</Dialog>
	);
}
