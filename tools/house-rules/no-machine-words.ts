import { findInLines, type HouseRule } from "./house-rule.ts";

const id = "no-machine-words";
/** Folders of somebody's machine, not preceded by a part of a longer path or of an address. */
const machinePath = /(?<![\w.$})@-])(\/(?:home|Users)\/[\w.-]+|\/(?:root|work|workspace)\/[\w.-]*|[A-Z]:\\Users\\\w+)/;
const lockedAddress = /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)([^"]+)"/;
const registrySetting = /^\s*(?:@[\w-]+:)?registry\s*=\s*(\S+)|_authToken/;

/** The project is the same on every machine: no folder of one, no host that only one network knows. */
export const noMachineWords: HouseRule = {
	id,
	applies: (file) => !/\.(png|jpe?g|webp|gif|ico|woff2?|wasm|gz)$/.test(file) && !file.startsWith("tools/house-rules/"),
	find: (source) =>
		findInLines(id, source, (line) => {
			const path = machinePath.exec(line)?.[1];
			if (path !== undefined) return `${path} is a folder of one machine`;
			if (source.file.endsWith("package-lock.json") && lockedAddress.test(line)) return "is locked to another registry";
			if (source.file.endsWith(".npmrc") && registrySetting.test(line)) return "names a registry or a token";
			return undefined;
		}),
};
