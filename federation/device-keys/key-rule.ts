/** Why keys, signatures and lists of devices are refused; rule ids in federation/SPEC.md, "Device keys". */

/** The rule that was broken. */
export type KeyRule =
	| "DEV-01"
	| "DEV-02"
	| "DEV-03"
	| "DEV-04"
	| "DEV-05"
	| "DEV-06"
	| "DEV-07"
	| "DEV-08"
	| "DEV-09"
	| "DEV-10";

/** Refused by a rule; `detail` is for logs and holds no key. */
export interface KeyRefusal {
	readonly kind: "refused";
	readonly rule: KeyRule;
	readonly detail: string;
}

/** What a check refuses. */
export const refuseKeys = (rule: KeyRule, detail: string): KeyRefusal => ({ kind: "refused", rule, detail });
