/** An event target that also calls what was put into `on…`, as those of browsers do. */
export class Emitter extends EventTarget {
	onsuccess: Handler = null;
	onerror: Handler = null;
	oncomplete: Handler = null;
	onabort: Handler = null;
	onupgradeneeded: Handler = null;
	onblocked: Handler = null;
	onclose: Handler = null;
	onversionchange: Handler = null;

	constructor(types: readonly HandledType[]) {
		super();
		for (const type of types) this.addEventListener(type, (event) => this[`on${type}`]?.(event));
	}

	/** False: somebody took what usually follows upon themselves. */
	emit(type: HandledType): boolean {
		return this.dispatchEvent(new Event(type, { cancelable: type === "error" }));
	}
}

type Handler = ((event: Event) => unknown) | null;
type HandledType = "success" | "error" | "complete" | "abort" | "upgradeneeded" | "blocked" | "close" | "versionchange";

/** Something that was asked for, and what came of it. */
export class StoreRequest<Result = unknown> extends Emitter {
	readyState: "pending" | "done" = "pending";
	error: DOMException | null = null;
	source: unknown = null;
	transaction: unknown = null;
	private outcome: Result | undefined;

	constructor() {
		super(["success", "error", "upgradeneeded", "blocked"]);
	}

	get result(): Result {
		if (this.readyState === "pending") throw new DOMException("it is not done", "InvalidStateError");
		return this.outcome as Result;
	}

	settle(result: Result): void {
		this.readyState = "done";
		this.error = null;
		this.outcome = result;
	}

	fail(error: unknown): void {
		this.readyState = "done";
		this.error = error instanceof DOMException ? error : new DOMException(String(error), "UnknownError");
		this.outcome = undefined;
	}

	/** Its cursor goes on: there will be another answer. */
	reopen(): void {
		this.readyState = "pending";
	}
}

export class OpenRequest extends StoreRequest {}

export class VersionChangeEvent extends Event {
	readonly oldVersion: number;
	readonly newVersion: number | null;

	constructor(type: string, versions: { readonly oldVersion: number; readonly newVersion: number | null }) {
		super(type);
		this.oldVersion = versions.oldVersion;
		this.newVersion = versions.newVersion;
	}
}

/** Names, as browsers list them. */
export class NameList extends Array<string> {
	static override get [Symbol.species](): ArrayConstructor {
		return Array;
	}

	contains(name: string): boolean {
		return this.includes(name);
	}

	item(index: number): string | null {
		return this[index] ?? null;
	}
}

export const nameList = (names: Iterable<string>): NameList => {
	const list = new NameList();
	for (const name of [...names].sort()) list.push(name);
	return list;
};
