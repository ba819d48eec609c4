import { ImagePlus, LoaderCircle, Trash2 } from "lucide-react";
import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

export interface PictureFieldProps {
	readonly hasPicture: boolean;
	readonly isBusy: boolean;
	readonly onFile: (file: File) => void;
	readonly onRemove: () => void;
}

/** Chooses a picture from the device, or takes the present one away. */
export function PictureField({ hasPicture, isBusy, onFile, onRemove }: PictureFieldProps) {
	return (
		<div className="picture-field">
			<label className="button button-second button-small">
				<Icon of={isBusy ? LoaderCircle : ImagePlus} size={16} isSpinning={isBusy} />
				{text(hasPicture ? "picture.change" : "picture.choose")}
				<input
					className="visually-hidden"
					type="file"
					accept="image/*"
					disabled={isBusy}
					onChange={(event) => {
						const file = event.currentTarget.files?.[0];
						// The same file again is a choice too.
						event.currentTarget.value = "";
						if (file !== undefined) onFile(file);
					}}
				/>
			</label>
			{hasPicture && (
				<Button look="quiet" size="small" onClick={onRemove} disabled={isBusy}>
					<Icon of={Trash2} size={16} />
					{text("picture.remove")}
				</Button>
			)}
		</div>
	);
}
