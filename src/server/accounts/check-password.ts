import { AppError } from "../../shared/app-error.ts";

/** In characters as people count them: code points. */
export const passwordMinLength = 10;
const passwordMaxLength = 512;

/**
 * The form of a password that is hashed: keyboards disagree about how they compose accents (RFC 8265, section 4.2).
 */
export const normalizePassword = (password: string): string => password.normalize("NFC");

/** Throws AppError `password-too-weak` for a password that a new account may not have. */
export const checkNewPassword = (password: string, localpart: string): void => {
	const codePoints = [...password];
	const isRepetition = new Set(codePoints).size < 3;
	const isName = [localpart, `@${localpart}`].includes(password.trim().toLowerCase());
	if (codePoints.length < passwordMinLength || password.length > passwordMaxLength || isRepetition || isName) {
		throw new AppError("password-too-weak");
	}
};
