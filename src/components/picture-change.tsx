import { FormError } from "./form-error.tsx";
import { PictureDialog, type PictureDialogProps } from "./picture-dialog.tsx";
import { PictureField, type PictureFieldProps } from "./picture-field.tsx";

/** What was chosen and is being cut out, and what can be done. */
export type PictureChangeSnapshot = Omit<PictureDialogProps, "picture"> &
	Pick<PictureFieldProps, "onFile" | "onRemove"> & { readonly picture: ImageBitmap | undefined };

export interface PictureChangeProps extends PictureChangeSnapshot {
	readonly hasPicture: boolean;
}

/** Everything by which an avatar is changed; it stands under it. */
export function PictureChange({ picture, hasPicture, onFile, onRemove, ...dialog }: PictureChangeProps) {
	const isBusy = dialog.isBusy && picture === undefined;
	return (
		<>
			<PictureField hasPicture={hasPicture} isBusy={isBusy} onFile={onFile} onRemove={onRemove} />
			{picture === undefined ? <FormError message={dialog.error} /> : <PictureDialog picture={picture} {...dialog} />}
		</>
	);
}
