"""The text of a document as the parser should see it: blocks of clean words, without what stands around them.

`boilerplate` goes, `blocks` and speakers' `turns` are told apart, `cleaning` joins "Zusammen-⏎arbeit". `paragraphs`
are as a reader sees them, `marks` the quotation marks of German.
`placing` leads back: what was found stands where it stands in the text as it came.
"""
