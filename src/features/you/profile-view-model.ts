import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { usePictureChange } from "../../client/hooks/use-picture-change.ts";
import { changeDisplayName, changePicture } from "../../client/session/change-profile.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";

/** One's own profile. */
export function useProfile() {
	const me = useClientState((state) => state.me);
	const [isCopied, setCopied] = useState(false);
	const [typed, setTyped] = useState<string>();
	const [isEmpty, setEmpty] = useState(false);
	const rename = useMutation({ mutationFn: changeDisplayName, onSuccess: () => setTyped(undefined) });
	const name = typed ?? me?.displayName ?? "";
	return {
		me,
		picture: usePictureChange(changePicture),
		name,
		isNameChanged: name.trim() !== (me?.displayName ?? ""),
		isNameBusy: rename.isPending,
		isNameSaved: rename.isSuccess && typed === undefined,
		nameError: isEmpty
			? text("profile.nameNeeded")
			: rename.error === null
				? undefined
				: failureText(failureOf(rename.error).code),
		isCopied,
		onName: (value: string) => {
			rename.reset();
			setEmpty(false);
			setTyped(value);
		},
		onSaveName: (event: FormEvent) => {
			event.preventDefault();
			setEmpty(name.trim() === "");
			if (name.trim() !== "" && !rename.isPending) rename.mutate(name.trim());
		},
		onCopyId: () => {
			// Without a secure context there is no clipboard: the id stands there to be selected.
			void navigator.clipboard?.writeText(me?.userId ?? "").then(() => setCopied(true));
		},
	};
}
