/** Joins the class names that hold; `false` and `undefined` leave nothing behind. */
export function classNames(...names: readonly (string | false | undefined)[]): string {
	return names.filter((name) => name !== false && name !== undefined && name !== "").join(" ");
}
