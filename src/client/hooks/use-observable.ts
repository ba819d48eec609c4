import { useSyncExternalStore } from "react";
import type { Observable } from "../store/observable.ts";

/**
 * A part of an observable value as React state. `select` must return the same reference while nothing relevant changed:
 * pick out of the value, do not build anew.
 */
export function useObservable<T, S>(source: Observable<T>, select: (value: T) => S): S {
	return useSyncExternalStore(
		source.subscribe,
		() => select(source.get()),
		() => select(source.get()),
	);
}
