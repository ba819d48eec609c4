import { appearance, changeAppearance } from "../../client/appearance/kept-appearance.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";

/** How Kith looks on this device. */
export function useAppearance() {
	const look = useObservable(appearance, (value) => value);
	return { look, onChange: changeAppearance };
}
