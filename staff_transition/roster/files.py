"""Files that are no workbook, told apart so that the person knows how to save them again."""

from common.refusals import NotReadable

WEB_PAGE = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"<head", b"<?xml")


def explain(content: bytes) -> None:
    """Raises NotReadable with the remedy for what people most often send instead of a workbook."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(WEB_PAGE):
        raise NotReadable(
            why="这个文件其实是网页格式的表格，不是 Excel 工作簿。",
            how="请用 Excel 或 WPS 打开它，另存为 .xlsx 后再传。",
        )
    if head.startswith((b"\xff\xd8\xff", b"\x89png", b"%pdf-", b"gif8")):
        raise NotReadable(why="这是图片或 PDF，读不出人员。", how="请传 Excel 文件（.xlsx、.xls）或 .csv。")
