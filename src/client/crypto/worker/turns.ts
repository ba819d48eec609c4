/** Lets work of one name happen one after the other, in the order it was asked for; other names go on beside it. */
export interface Turns {
	inTurn<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export const createTurns = (): Turns => {
	const last = new Map<string, Promise<unknown>>();
	return {
		inTurn: (name, work) => {
			const result = (last.get(name) ?? Promise.resolve()).then(work);
			const settled = result.catch(() => undefined);
			last.set(name, settled);
			void settled.then(() => {
				if (last.get(name) === settled) last.delete(name);
			});
			return result;
		},
	};
};
