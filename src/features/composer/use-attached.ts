import { useObservable } from "../../client/hooks/use-observable.ts";
import type { PictureWords } from "../../client/media/attach-pictures.ts";
import { attachedPictures, changeAttached, nothingAttached } from "../../client/media/attached-pictures.ts";
import { text } from "../../shared/text/text.ts";

/** Only who sends a picture loads what that takes. */
const attaching = () => import("../../client/media/attach-pictures.ts");

/** The pictures that are to go with what is written in a room. */
export function useAttached(roomId: string) {
	const { pictures, problem } = useObservable(attachedPictures, (all) => all.get(roomId)) ?? nothingAttached;
	return {
		attached: pictures.map(({ id, filename, ready }) => ({ id, filename, url: ready?.url })),
		isReady: pictures.every(({ ready }) => ready !== undefined),
		problem: problem && text(`attach.${problem}`),
		onDismissProblem: () => changeAttached(roomId, (known) => ({ ...known, problem: undefined })),
		onFiles: (files: readonly File[]) => {
			void attaching().then(({ attachFiles }) => attachFiles(roomId, files));
		},
		onRemoveAttached: (id: string) => {
			void attaching().then(({ dropAttached }) => dropAttached(roomId, id));
		},
		send: (words: PictureWords) => {
			void attaching().then(({ sendAttached }) => sendAttached(words));
		},
	};
}
