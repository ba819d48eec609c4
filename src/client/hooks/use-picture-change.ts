import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import { encodePicture, type SquareRegion } from "../media/encode-picture.ts";
import { loadPicture } from "../media/load-picture.ts";
import { uploadPicture } from "../media/upload-picture.ts";
import { failureOf } from "../trpc/errors.ts";

/** Choosing a picture, cutting it out, and what becomes of it: `apply` gets its address, or null where it is taken away. */
export function usePictureChange(apply: (avatarUrl: string | null) => Promise<unknown>) {
	const [picture, setPicture] = useState<ImageBitmap>();
	const [isUnreadable, setUnreadable] = useState(false);
	const close = (): void => {
		picture?.close();
		setPicture(undefined);
	};
	const load = useMutation({
		mutationFn: loadPicture,
		onSuccess: (loaded) => {
			setUnreadable(loaded === undefined);
			setPicture(loaded);
		},
	});
	const save = useMutation({
		mutationFn: async ({ chosen, region }: { chosen: ImageBitmap; region: SquareRegion }) =>
			apply(await uploadPicture(await encodePicture(chosen, region))),
		onSuccess: close,
	});
	const remove = useMutation({ mutationFn: () => apply(null) });
	const failure = save.error ?? remove.error;
	return {
		picture,
		isBusy: load.isPending || save.isPending || remove.isPending,
		error: isUnreadable
			? text("picture.unreadable")
			: failure === null
				? undefined
				: failureText(failureOf(failure).code),
		onFile: (file: File) => {
			save.reset();
			remove.reset();
			load.mutate(file);
		},
		onSave: (region: SquareRegion) => picture && save.mutate({ chosen: picture, region }),
		onRemove: () => {
			setUnreadable(false);
			save.reset();
			remove.mutate();
		},
		onClose: () => {
			save.reset();
			close();
		},
	};
}
