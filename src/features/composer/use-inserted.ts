import { useEffect, useState } from "react";
import { insertedText } from "../../client/drafts/insert-text.ts";

/** Where the caret is to stand after something was put into the composer of a room. */
export function useInserted(roomId: string) {
	const [inserted, setInserted] = useState<{ readonly at: number } | undefined>();
	useEffect(
		() =>
			insertedText.subscribe(() => {
				const last = insertedText.get();
				if (last.roomId === roomId) setInserted(last);
			}),
		[roomId],
	);
	return inserted;
}
