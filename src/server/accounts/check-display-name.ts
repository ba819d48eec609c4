import { AppError } from "../../shared/app-error.ts";

/** Controls, lone surrogates and the marks that turn text around: with them one person could look like another. */
const unfitCharacters = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const visibleCharacter = /[^\p{Z}\p{C}\u115F\u1160\u2800\u3164\uFFA0]/u;
const maximumLength = 120;

/** The display name as it is stored. Throws AppError `bad-input` for one that cannot be shown faithfully. */
export const checkDisplayName = (displayName: string): string => {
	const trimmed = displayName.trim().normalize("NFC");
	if (trimmed.length > maximumLength || unfitCharacters.test(trimmed) || !visibleCharacter.test(trimmed)) {
		throw new AppError("bad-input", { detail: "displayName" });
	}
	return trimmed;
};

/** What somebody calls their own thing is a hint for them alone: what is unfit is left out instead of refused. */
export const cleanName = (name: string, otherwise: string): string => {
	const fit = [...name.trim()].filter((character) => !unfitCharacters.test(character));
	return fit.slice(0, 64).join("").trim() || otherwise;
};

export const cleanDeviceName = (deviceName: string): string => cleanName(deviceName, "unnamed device");
