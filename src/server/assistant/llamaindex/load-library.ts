/**
 * LlamaIndex, loaded when the first run needs it: it takes a second and more than a hundred megabytes. Only what is used
 * is loaded, and nothing of it is named outside this folder.
 */
const load = async () => {
	const [llms, embeddings, schema, retriever, prompts, queryEngine, synthesizers, coreIndices, indices, global] =
		await Promise.all([
			import("@llamaindex/core/llms"),
			import("@llamaindex/core/embeddings"),
			import("@llamaindex/core/schema"),
			import("@llamaindex/core/retriever"),
			import("@llamaindex/core/prompts"),
			import("@llamaindex/core/query-engine"),
			import("@llamaindex/core/response-synthesizers"),
			import("@llamaindex/core/indices"),
			import("llamaindex/indices"),
			import("@llamaindex/core/global"),
		]);
	return {
		BaseLLM: llms.BaseLLM,
		BaseEmbedding: embeddings.BaseEmbedding,
		Document: schema.Document,
		BaseRetriever: retriever.BaseRetriever,
		PromptTemplate: prompts.PromptTemplate,
		RetrieverQueryEngine: queryEngine.RetrieverQueryEngine,
		getResponseSynthesizer: synthesizers.getResponseSynthesizer,
		PromptHelper: coreIndices.PromptHelper,
		VectorStoreIndex: indices.VectorStoreIndex,
		Settings: global.Settings,
	};
};

export type Library = Awaited<ReturnType<typeof load>>;

let loading: Promise<Library> | undefined;

export const loadLibrary = (): Promise<Library> => {
	loading ??= load();
	return loading;
};
