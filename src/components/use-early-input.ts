import { type RefObject, useEffect, useEffectEvent, useRef } from "react";

/**
 * A field that may have been filled in before the page's script ran, by hand or by the browser: React hears nothing of that.
 * What stands there is handed to `onValue` once.
 */
export function useEarlyInput(value: string, onValue: (value: string) => void): RefObject<HTMLInputElement | null> {
	const field = useRef<HTMLInputElement>(null);
	const take = useEffectEvent(() => {
		const early = field.current?.value ?? "";
		if (early !== "" && early !== value) onValue(early);
	});
	useEffect(() => take(), []);
	return field;
}
