/**
 * The databases that this worker has open. The machine's module keeps its own open for as long as anything that came out of
 * it lives, until the collector comes by; what is to be deleted must not wait for that.
 */
export const watchConnections = (): { readonly closeAll: () => void } => {
	const connections = new Set<IDBDatabase>();
	const { open } = IDBFactory.prototype;
	IDBFactory.prototype.open = function (this: IDBFactory, ...input: Parameters<typeof open>): IDBOpenDBRequest {
		const request = open.apply(this, input);
		request.addEventListener("success", () => connections.add(request.result));
		return request;
	};
	return {
		closeAll: () => {
			for (const connection of connections) connection.close();
			connections.clear();
		},
	};
};
