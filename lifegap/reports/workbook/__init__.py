"""Workbooks of coalitions: `workbook/<coalition>.xlsx` of a release."""
