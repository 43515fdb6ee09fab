/* SPDX-License-Identifier: MIT */
#include "base/reason.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

struct reason {
	int error;
	struct str text[LANG_COUNT];
};

#define REASON(error_, zh, en) \
	{ \
		.error = error_, .text = { \
			{ zh, sizeof(zh) - 1 }, \
			{ en, sizeof(en) - 1 } \
		} \
	}

static const struct reason reasons[] = {
	REASON(EPERM, "不允许这样做", "Operation not permitted"),
	REASON(ENOENT, "没有该文件或目录", "No such file or directory"),
	REASON(EIO, "读写磁盘出错", "Input/output error"),
	REASON(EAGAIN, "进程数或资源已达上限",
	    "Resource temporarily unavailable"),
	REASON(ENOMEM, "内存不足", "Cannot allocate memory"),
	REASON(EACCES, "没有权限", "Permission denied"),
	REASON(EBUSY, "正被占用", "Device or resource busy"),
	REASON(EEXIST, "已存在", "File exists"),
	REASON(EXDEV, "不在同一文件系统", "Invalid cross-device link"),
	REASON(ENOTDIR, "路径中有一段不是目录", "Not a directory"),
	REASON(EISDIR, "是目录", "Is a directory"),
	REASON(EINVAL, "不是普通文件，或系统不支持", "Invalid argument"),
	REASON(ENFILE, "系统打开的文件太多", "Too many open files in system"),
	REASON(EMFILE, "打开的文件太多", "Too many open files"),
	REASON(EFBIG, "超过文件大小上限", "File too large"),
	REASON(ENOSPC, "磁盘已满", "No space left on device"),
	REASON(EROFS, "文件系统只读", "Read-only file system"),
	REASON(ENAMETOOLONG, "文件名太长", "File name too long"),
	REASON(ENOTEMPTY, "目录不是空的", "Directory not empty"),
	REASON(ELOOP, "是符号链接，系统不会跟随",
	    "Too many levels of symbolic links"),
	REASON(EADDRINUSE, "已被占用", "Address already in use"),
	REASON(EADDRNOTAVAIL, "本机没有这个地址",
	    "Cannot assign requested address"),
	REASON(EDQUOT, "已超出磁盘配额", "Disk quota exceeded"),
	REASON(ESTALE, "网络文件系统上的文件已失效", "Stale file handle"),
	REASON(ECANCELED, "已取消", "Operation canceled"),
};

struct str reason_text(int error, enum lang lang)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].error == error)
			return reasons[i].text[lang];
	return str_from(strerror(error));
}

bool diag_report_reason(struct diag_list *diags, struct mark mark,
    enum diag_code code, struct str subject, int error)
{
	const struct str reason[LANG_COUNT] = { [LANG_ZH] = reason_text(error,
						    LANG_ZH),
		[LANG_EN] = reason_text(error, LANG_EN) };

	return diag_report_texts(diags, mark, code, subject, reason);
}
