import { useEffect, useState } from "react";
import {
	holdPicture,
	openPicture,
	type PictureSource,
	type ShownPicture,
	shownPicture,
} from "../../client/media/pictures/shown-pictures.ts";

/** A picture that is being opened, is open or cannot be; the one that was shown stays until the next one is there. */
export function useShownPicture(source: PictureSource) {
	const [picture, setPicture] = useState<ShownPicture | undefined>(() => shownPicture(source));
	const [tries, setTries] = useState(0);
	useEffect(() => {
		let isWanted = true;
		const release = holdPicture(source);
		void openPicture(source, tries > 0).then((opened) => {
			if (isWanted) setPicture(opened);
		});
		return () => {
			isWanted = false;
			release();
		};
	}, [source, tries]);
	return {
		picture,
		onRetry: () => {
			setPicture(undefined);
			setTries((count) => count + 1);
		},
	};
}
